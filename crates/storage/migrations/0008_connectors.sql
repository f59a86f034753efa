-- Programs of an organization's own that are asked while somebody signs up. `authentication` is JSON; the password or key
-- in it is sealed. `source` is who says what a connector is: the organization's file, or the API.
CREATE TABLE connectors (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    target_url TEXT NOT NULL,
    authentication TEXT NOT NULL,
    timeout_seconds BIGINT NOT NULL CHECK (timeout_seconds BETWEEN 1 AND 20),
    on_failure TEXT NOT NULL CHECK (on_failure IN ('fail_closed', 'fail_open')),
    source TEXT NOT NULL CHECK (source IN ('file', 'api')),
    PRIMARY KEY (organization, id)
);
