-- Providers that speak something else than OpenID Connect, and what a provider is to people: a mark that they know.
ALTER TABLE providers ADD COLUMN protocol TEXT NOT NULL DEFAULT 'openid_connect';
ALTER TABLE providers ADD COLUMN kind TEXT NOT NULL DEFAULT 'openid_connect';
