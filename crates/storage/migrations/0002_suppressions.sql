-- Addresses that do not want invitations: of one organization, or, where `organization` is empty, of any here.
-- It names addresses that may belong to nobody known, so it is read by the installation alone, never by an organization.
CREATE TABLE suppressions (
    address_key TEXT NOT NULL,
    organization TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (address_key, organization)
);
