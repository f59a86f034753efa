-- Whoever signs out ends the flows of the browser, which are found by what binds them.
CREATE INDEX flows_by_binding ON flows (binding_hash);
