-- Who says what a provider is: the organization's file, or the API.
ALTER TABLE providers ADD COLUMN source TEXT NOT NULL DEFAULT 'file';
