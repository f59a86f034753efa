-- Who a session is of, beyond the address: the identity as JSON, absent for a mailbox from before.
ALTER TABLE sessions ADD COLUMN identity TEXT;
