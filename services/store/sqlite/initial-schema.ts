/*
 * Schema 1. A row is a document (`body`, JSON) beside the columns that queries and rules need. `body` stands last, so that
 * filters never read the pages it flows over to. Text that is searched is kept folded (search-text.ts).
 */
export const INITIAL_SCHEMA = `
CREATE TABLE version_counter (value INTEGER NOT NULL) STRICT;
INSERT INTO version_counter VALUES (0);

CREATE TABLE organizations (
  account_id TEXT NOT NULL, organization_id TEXT NOT NULL, name_key TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, organization_id)
) STRICT;
CREATE UNIQUE INDEX organizations_by_name ON organizations (account_id, name_key);

CREATE TABLE links (
  tenant_id TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, organization_id TEXT NOT NULL, state TEXT NOT NULL,
  search_text TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (account_id, organization_id),
  FOREIGN KEY (account_id, organization_id) REFERENCES organizations (account_id, organization_id)
) STRICT;

CREATE TABLE syncs (
  tenant_id TEXT NOT NULL PRIMARY KEY REFERENCES links (tenant_id) ON DELETE CASCADE, account_id TEXT NOT NULL,
  next_sync_at TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX syncs_due ON syncs (next_sync_at);

CREATE TABLE alerts (
  account_id TEXT NOT NULL, alert_id TEXT NOT NULL,
  tenant_id TEXT NOT NULL REFERENCES links (tenant_id) ON DELETE CASCADE,
  severity TEXT NOT NULL, status TEXT NOT NULL, baseline INTEGER NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  next_settle_at TEXT, next_announce_at TEXT, version INTEGER NOT NULL, search_text TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, alert_id, tenant_id)
) STRICT;
CREATE INDEX alerts_of_account ON alerts (account_id, created_at, alert_id, status, severity);
CREATE INDEX alerts_of_tenant ON alerts (tenant_id, created_at, alert_id, account_id, status, severity);
CREATE INDEX alerts_counted ON alerts (tenant_id, account_id, status, baseline);
CREATE INDEX alerts_to_settle ON alerts (next_settle_at) WHERE next_settle_at IS NOT NULL;
CREATE INDEX alerts_to_announce ON alerts (next_announce_at) WHERE next_announce_at IS NOT NULL;
CREATE INDEX alerts_by_age ON alerts (updated_at);

CREATE TABLE deliveries (
  account_id TEXT NOT NULL, alert_id TEXT NOT NULL, tenant_id TEXT NOT NULL, conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, alert_id, tenant_id, conversation_id),
  FOREIGN KEY (account_id, alert_id, tenant_id) REFERENCES alerts (account_id, alert_id, tenant_id) ON DELETE CASCADE
) STRICT;

-- The account's own level has the tenant id ''.
CREATE TABLE settings (
  account_id TEXT NOT NULL, tenant_id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, tenant_id)
) STRICT;

CREATE TABLE roles (
  account_id TEXT NOT NULL, person_id TEXT NOT NULL, name_key TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, person_id)
) STRICT;

CREATE TABLE conversations (
  account_id TEXT NOT NULL, conversation_id TEXT NOT NULL, kind TEXT NOT NULL, person_id TEXT, version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account_id, conversation_id)
) STRICT;
CREATE INDEX conversations_of_person ON conversations (account_id, person_id, kind);

CREATE TABLE bindings (
  account_id TEXT NOT NULL, conversation_id TEXT NOT NULL, kind TEXT NOT NULL, bound_at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, conversation_id, kind)
) STRICT;

CREATE TABLE consents (
  journey_id TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, link_hash TEXT NOT NULL UNIQUE, tenant_id TEXT,
  ended INTEGER NOT NULL, created_at TEXT NOT NULL, due_at TEXT, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX consents_of_account ON consents (account_id, created_at) WHERE ended = 0;
CREATE INDEX consents_of_tenant ON consents (tenant_id) WHERE tenant_id IS NOT NULL;
CREATE INDEX consents_due ON consents (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE consent_legs (
  state_hash TEXT NOT NULL PRIMARY KEY, tenant_id TEXT,
  journey_id TEXT NOT NULL REFERENCES consents (journey_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX consent_legs_of_journey ON consent_legs (journey_id);
CREATE INDEX consent_legs_of_tenant ON consent_legs (tenant_id) WHERE tenant_id IS NOT NULL;

CREATE TABLE audit (
  position INTEGER PRIMARY KEY, account_id TEXT NOT NULL, row_id TEXT NOT NULL, tenant_id TEXT, at TEXT NOT NULL,
  target TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (account_id, row_id)
) STRICT;
CREATE INDEX audit_of_account ON audit (account_id, at, position);
CREATE INDEX audit_of_tenant ON audit (account_id, tenant_id, at, position);
CREATE INDEX audit_of_target ON audit (account_id, target, at, position);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit rows are not changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit rows are not deleted'); END;

CREATE TABLE ephemerals (
  key TEXT NOT NULL PRIMARY KEY, ends_at TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX ephemerals_by_end ON ephemerals (ends_at);
`;
