-- Direct messages were once taken for a server that had removed the bot, and would be forgotten as one.
DELETE FROM departures WHERE server = '';
