BEGIN TRANSACTION;
CREATE TABLE attempts (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    attempted_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    topics TEXT NOT NULL,
    is_right BOOLEAN NOT NULL,
    rating INTEGER NOT NULL,
    round TEXT NOT NULL,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (person, question, attempted_at)
);
INSERT INTO "attempts" VALUES('discord:1','mrc-was-basically',1795339800000000,'Ada','choice','military-revolutionary-committee uprising',0,1,'','discord','guild','100');
INSERT INTO "attempts" VALUES('discord:1','which-test',1795339800000000,'Ada','choice','coalition',0,1,'','discord','guild','100');
INSERT INTO "attempts" VALUES('discord:2','not-known',1795339800000000,'Ben','choice','world-revolution',0,1,'','discord','guild','100');
INSERT INTO "attempts" VALUES('discord:2','who-falsehood',1795339800000000,'Ben','who','moderate-socialists betrayal',1,3,'','discord','guild','100');
CREATE TABLE deliveries (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    local_date TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'skipped', 'failed')),
    reason TEXT NOT NULL, -- why it was skipped or failed
    nonce TEXT NOT NULL, -- the same for every try, so that a platform can tell a repeat
    fact TEXT, -- chosen once: every try posts the same
    message TEXT, -- its id on the platform
    owner TEXT, -- the process that claims it
    tries INTEGER NOT NULL,
    unsure BOOLEAN NOT NULL, -- an earlier try may have reached the channel
    retry_at BIGINT, -- when it may be taken up: the end of a claim's lease, or the next try; none once it is settled
    changed_at BIGINT NOT NULL,
    -- The key is the lock: a local day has one delivery, whoever tries and how often.
    PRIMARY KEY (subscription_id, local_date)
);
INSERT INTO "deliveries" VALUES('bb89f78ab63bbce2','2026-11-20',1795167000000000,'sent','','n00','drifting-on-the-rocks','901',NULL,1,0,NULL,1795167001000000);
INSERT INTO "deliveries" VALUES('bb89f78ab63bbce2','2026-11-21',1795253400000000,'skipped','late','n01',NULL,NULL,NULL,0,0,NULL,1795253401000000);
INSERT INTO "deliveries" VALUES('fa2ca0c45de32996','2026-11-20',1795167000000000,'sent','','n10','drifting-on-the-rocks','901',NULL,1,0,NULL,1795167001000000);
INSERT INTO "deliveries" VALUES('fa2ca0c45de32996','2026-11-21',1795253400000000,'skipped','late','n11',NULL,NULL,NULL,0,0,NULL,1795253401000000);
CREATE TABLE installations (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (platform, server)
);
INSERT INTO "installations" VALUES('slack','T1','xoxb-of-the-fixture');
CREATE TABLE learners (
    person TEXT PRIMARY KEY,
    timezone TEXT NOT NULL
);
INSERT INTO "learners" VALUES('discord:1','Europe/Berlin');
INSERT INTO "learners" VALUES('discord:2','Europe/Berlin');
CREATE TABLE made_questions (
    question TEXT PRIMARY KEY,
    asked TEXT NOT NULL
);
INSERT INTO "made_questions" VALUES('gap-d15863c00436','{"id":"gap-d15863c00436","kind":"gap","ask":"Which word stands in the gap in this passage of the article?","answer":"realized","answer_type":"phrase","references":[{"text":"article","paragraph":24,"first":2,"last":null}],"options":["realized","joined","stayed","organized"],"words":"By the time Trotsky _____ what was happening, he was outvoted at every turn.","mark":"realized","items":[],"events":[],"accept":[],"calendar":null,"topics":["party-politics"]}');
INSERT INTO "made_questions" VALUES('misquoted-018b3b2d9c80','{"id":"misquoted-018b3b2d9c80","kind":"misquoted","ask":"Is this what the speech says, word for word?","answer":"One word is changed","answer_type":"phrase","references":[{"text":"speech","paragraph":5,"first":3,"last":null}],"options":["One word is changed","Word for word"],"words":"Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize the power together”; but instead moderate Bolsheviks ran to the City Duma to join the counter-revolutionaries.","mark":"Socialists","items":[],"events":[],"accept":[],"calendar":null,"topics":["moderate-socialists"]}');
INSERT INTO "made_questions" VALUES('gap.1','{"id":"open-kulak","kind":"open","ask":"With what kind of peasant, named by a word that stands in quotation marks, does the speech refuse a coalition?","answer":"kulak","answer_type":"thing","references":[{"text":"speech","paragraph":4,"first":1,"last":null}],"options":[],"words":"","mark":"","items":[],"events":[],"accept":["the kulak","a kulak","kulaks","the kulaks"],"calendar":null,"topics":["coalition","peasants"]}');
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL
);
INSERT INTO "migrations" VALUES(1,'0001_settings','69c7b7a73fe60ac23d7d2151bed4ef7026ef2798980189b98e79b934a5cdf680');
INSERT INTO "migrations" VALUES(2,'0002_subscriptions','68a49df0cfa85d224fc299bb2a7759ebf25cc90c37abc06d4f291c2310e8601a');
INSERT INTO "migrations" VALUES(3,'0003_quiz','199d8ad8bf24fb5756fe0620b70a33f72546e977690eddd6f598bb30f9a096ad');
INSERT INTO "migrations" VALUES(4,'0004_installations','50dd843ed934f677174f3db092fde684175b4858966c5e5a4fd67f2c7f131e51');
INSERT INTO "migrations" VALUES(5,'0005_platforms','69d6775252c4a1356b0bef74108e7d9fa198acc02cd38eab83050cc21ef9d0de');
CREATE TABLE oauth_states (
    state TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
INSERT INTO "oauth_states" VALUES('state',1795339800000000);
CREATE TABLE question_reports (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    question TEXT NOT NULL,
    asked TEXT NOT NULL,
    person TEXT NOT NULL,
    words TEXT NOT NULL,
    reported_at BIGINT NOT NULL
);
INSERT INTO "question_reports" VALUES('r1','discord','guild','100','gap.1','{"id":"open-kulak","kind":"open","ask":"With what kind of peasant, named by a word that stands in quotation marks, does the speech refuse a coalition?","answer":"kulak","answer_type":"thing","references":[{"text":"speech","paragraph":4,"first":1,"last":null}],"options":[],"words":"","mark":"","items":[],"events":[],"accept":["the kulak","a kulak","kulaks","the kulaks"],"calendar":null,"topics":["coalition","peasants"]}','discord:1','Two options are right.',1795339800000000);
CREATE TABLE reviews (
    person TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    asked TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE TABLE round_answers (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    is_right BOOLEAN NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (round, number, person)
);
INSERT INTO "round_answers" VALUES('5d8fbdafa6c7',1,'discord:1','Ada',1,1795339800000001);
INSERT INTO "round_answers" VALUES('5d8fbdafa6c7',1,'discord:2','Ben',0,1795339800000001);
INSERT INTO "round_answers" VALUES('5d8fbdafa6c7',2,'discord:1','Ada',1,1795339800000002);
INSERT INTO "round_answers" VALUES('5d8fbdafa6c7',2,'discord:2','Ben',0,1795339800000002);
CREATE TABLE round_questions (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    topics TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY (round, number)
);
INSERT INTO "round_questions" VALUES('5d8fbdafa6c7',1,'open-kulak','open','coalition peasants','{"id":"open-kulak","kind":"open","ask":"With what kind of peasant, named by a word that stands in quotation marks, does the speech refuse a coalition?","answer":"kulak","answer_type":"thing","references":[{"text":"speech","paragraph":4,"first":1,"last":null}],"options":[],"words":"","mark":"","items":[],"events":[],"accept":["the kulak","a kulak","kulaks","the kulaks"],"calendar":null,"topics":["coalition","peasants"]}');
INSERT INTO "round_questions" VALUES('5d8fbdafa6c7',2,'fields-of-policy','choice','internationalism','{"id":"fields-of-policy","kind":"choice","ask":"In which kinds of policy does the speech claim that its underlying principles stay the same?","answer":"foreign or domestic","answer_type":"phrase","references":[{"text":"speech","paragraph":7,"first":5,"last":null}],"options":["foreign or domestic","military or commercial","agrarian or industrial","public or private"],"words":"","mark":"","items":[],"events":[],"accept":[],"calendar":null,"topics":["internationalism"]}');
INSERT INTO "round_questions" VALUES('5d8fbdafa6c7',3,'who-probably-not-much','who','legacy terror','{"id":"who-probably-not-much","kind":"who","ask":"“Honestly, probably not much.” Whose answer is that to a question that people ask?","answer":"The article''s author","answer_type":"person","references":[{"text":"article","paragraph":32,"first":1,"last":null}],"options":["A voice from the hall","Comrade Avilov","Leon Trotsky","The article''s author"],"words":"","mark":"","items":[],"events":[],"accept":[],"calendar":null,"topics":["legacy","terror"]}');
INSERT INTO "round_questions" VALUES('5d8fbdafa6c7',4,'gap-d15863c00436','gap','party-politics','{"id":"gap-d15863c00436","kind":"gap","ask":"Which word stands in the gap in this passage of the article?","answer":"realized","answer_type":"phrase","references":[{"text":"article","paragraph":24,"first":2,"last":null}],"options":["realized","joined","stayed","organized"],"words":"By the time Trotsky _____ what was happening, he was outvoted at every turn.","mark":"realized","items":[],"events":[],"accept":[],"calendar":null,"topics":["party-politics"]}');
INSERT INTO "round_questions" VALUES('5d8fbdafa6c7',5,'misquoted-018b3b2d9c80','misquoted','moderate-socialists','{"id":"misquoted-018b3b2d9c80","kind":"misquoted","ask":"Is this what the speech says, word for word?","answer":"One word is changed","answer_type":"phrase","references":[{"text":"speech","paragraph":5,"first":3,"last":null}],"options":["One word is changed","Word for word"],"words":"Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize the power together”; but instead moderate Bolsheviks ran to the City Duma to join the counter-revolutionaries.","mark":"Socialists","items":[],"events":[],"accept":[],"calendar":null,"topics":["moderate-socialists"]}');
CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    mode TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    starter TEXT NOT NULL,
    starter_name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    number INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    message TEXT NOT NULL,
    winner TEXT NOT NULL,
    remaining BIGINT NOT NULL,
    skipped BOOLEAN NOT NULL,
    late BOOLEAN NOT NULL,
    stopped BOOLEAN NOT NULL,
    tries INTEGER NOT NULL,
    version INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    shown_at BIGINT NOT NULL,
    leased_at BIGINT NOT NULL
);
INSERT INTO "rounds" VALUES('5d8fbdafa6c7','discord','guild','100','everyone',25,5,'discord:1','Ada',1795339800000000,'waiting',0,1795339804000000,0,'','',0,0,0,0,0,0,0,0,0);
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO "settings" VALUES('discord.commands.1','0000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL, -- empty: facts of every topic
    local_time TEXT NOT NULL, -- 09:00
    zone TEXT NOT NULL, -- Europe/Berlin
    days TEXT NOT NULL, -- ISO weekdays, 12345
    set_by TEXT NOT NULL, -- the person to tell when it cannot go on
    set_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    due_date TEXT NOT NULL, -- the local date whose turn due_at is
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
    reason TEXT NOT NULL, -- why it is paused
    told_at BIGINT, -- when that person was told of it
    -- A removed subscription keeps its row, so that setting it up again on the same day does not post a second time.
    UNIQUE (platform, server, channel, topic)
);
INSERT INTO "subscriptions" VALUES('bb89f78ab63bbce2','discord','guild','100','','09:00','Europe/Berlin','12345','2',1795339800000000,1795420800000000,'2026-11-23','active','',NULL);
INSERT INTO "subscriptions" VALUES('fa2ca0c45de32996','discord','guild','101','coalition','21:30','Asia/Kolkata','1234567','2',1795339800000000,1795363200000000,'2026-11-22','active','',NULL);
CREATE INDEX deliveries_open ON deliveries (retry_at) WHERE retry_at IS NOT NULL;
CREATE UNIQUE INDEX rounds_running ON rounds (platform, channel) WHERE state <> 'over';
CREATE INDEX rounds_due ON rounds (platform, due_at) WHERE state <> 'over';
CREATE INDEX round_answers_person ON round_answers (person);
CREATE INDEX attempts_round ON attempts (round);
CREATE INDEX attempts_server ON attempts (platform, server, attempted_at);
CREATE INDEX attempts_channel ON attempts (platform, channel, attempted_at);
CREATE INDEX question_reports_server ON question_reports (platform, server, reported_at);
CREATE INDEX subscriptions_due ON subscriptions (platform, due_at) WHERE state = 'active';
CREATE INDEX subscriptions_broken ON subscriptions (platform, id)
WHERE state = 'paused' AND reason IN ('gone', 'forbidden');
COMMIT;
