-- What the keys of a night share stands last: an award is written beside those of its neighbours, after fewer comparisons.
alter table awarded drop constraint awarded_pkey;
alter table awarded add primary key (cause_key, cause_type, channel, shop, member_id);
