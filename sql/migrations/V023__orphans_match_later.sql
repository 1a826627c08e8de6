-- A return that found no sale is matched when the sale arrives. till_return keeps what the first night found; what is
-- left of an orphan is orphan_fen less its matches of later nights, which may come in parts.
alter table return_match drop constraint return_match_pkey;
alter table return_match add primary key (return_order_key, return_line_key, order_key, line_key, night);
create index return_match_night on return_match (night);
create index till_return_matched on till_return (matched_night);
create index till_return_orphan on till_return (matched_night) where orphan_fen > 0;
