-- More of what our own documents say, as tables.

create view pass_use as
select key, night, due_on, member_id, as_of as at, says ->> 'use_no' as use_no, says ->> 'pass' as pass,
  says ->> 'order_channel' as order_channel, says ->> 'order_no' as order_no, says ->> 'event' as event, file, sha256, source_row
from own_row where document = 'pass_use';

create view voucher_use as
select key, night, due_on, as_of as at, says ->> 'code' as code, says ->> 'shop' as shop,
  says ->> 'order_channel' as order_channel, says ->> 'order_no' as order_no, says ->> 'event' as event,
  (says ->> 'off_fen')::bigint as off_fen, file, sha256, source_row
from own_row where document = 'voucher_use';

create view topup as
select key, night, due_on, member_id, as_of as at, says ->> 'topup_no' as topup_no, says ->> 'refund_no' as refund_no,
  says ->> 'shop' as shop, (says ->> 'principal_fen')::bigint as principal_fen, says ->> 'event' as event, file, sha256, source_row
from own_row where document = 'topup';

create view transfer as
select key, night, due_on, member_id as giver_id, other_id as receiver_id, as_of as at, key as transfer_no,
  (says ->> 'points')::bigint as points, file, sha256, source_row
from own_row where document = 'transfer';

-- Several nights may speak of one: the newest that is not after the night one asks for counts. to_at exclusive, null: open
create view relation as
select key, night, known_night, due_on, member_id, other_id as friend_id, (says ->> 'from')::timestamptz as from_at,
  (says ->> 'to')::timestamptz as to_at, file, sha256, source_row
from own_row where document = 'relation';

create view account_state as
select key, night, due_on, member_id, as_of as at, says ->> 'state' as state, says ->> 'reason' as reason,
  says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by, file, sha256, source_row
from own_row where document = 'account_state';

create view exchange as
select key, night, due_on, says ->> 'channel' as channel, says ->> 'order_no' as order_no,
  says ->> 'old_order_no' as old_order_no, file, sha256, source_row
from own_row where document = 'exchange';

create view draw_public as
select key, night, due_on, says ->> 'draw' as draw, says ->> 'value' as value, file, sha256, source_row
from own_row where document = 'draw_public';
