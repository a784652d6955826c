"""What several features need: references, quotations, lists and paging, drawing."""
