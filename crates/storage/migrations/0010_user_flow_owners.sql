-- Whose a user flow is whose address names no organization: who had the id first has it for good, so that nobody else takes
-- up an address that was given away. An id that several have already is nobody's.
CREATE TABLE user_flow_owners (
    id TEXT PRIMARY KEY,
    organization TEXT NOT NULL REFERENCES organizations (id)
);
INSERT INTO user_flow_owners (id, organization)
    SELECT id, MIN(organization) FROM user_flows GROUP BY id HAVING COUNT(*) = 1;
