-- The night is over: staging goes, statistics come.

drop schema tonight cascade;
analyze orders;
analyze lines;
analyze lot;
analyze token;
analyze member;
analyze balance;
analyze pending;
analyze profile;
analyze till_sale;
