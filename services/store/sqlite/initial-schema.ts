/*
 * Schema 1. A row is a document (`body`, JSON) beside the columns that queries and rules need. `body` stands last, so that
 * filters never read the pages it flows over to. Text that is searched is kept folded (search-text.ts).
 */
export const INITIAL_SCHEMA = `
CREATE TABLE version_counter (value INTEGER NOT NULL) STRICT;
INSERT INTO version_counter VALUES (0);

CREATE TABLE organizations (
  account_id TEXT NOT NULL, organization_id TEXT NOT NULL, name_key TEXT NOT NULL, directory_id TEXT, body TEXT NOT NULL,
  PRIMARY KEY (account_id, organization_id)
) STRICT;
CREATE UNIQUE INDEX organizations_by_name ON organizations (account_id, name_key);
CREATE UNIQUE INDEX organizations_by_directory ON organizations (account_id, directory_id) WHERE directory_id IS NOT NULL;

CREATE TABLE links (
  tenant_id TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, organization_id TEXT NOT NULL, state TEXT NOT NULL,
  search_text TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (account_id, organization_id),
  FOREIGN KEY (account_id, organization_id) REFERENCES organizations (account_id, organization_id)
) STRICT;
CREATE INDEX links_to_check ON links (json_extract(body, '$.nextCheckAt'));

CREATE TABLE syncs (
  tenant_id TEXT NOT NULL PRIMARY KEY REFERENCES links (tenant_id) ON DELETE CASCADE, account_id TEXT NOT NULL,
  next_sync_at TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX syncs_due ON syncs (next_sync_at);
CREATE INDEX syncs_to_look_at ON syncs (json_extract(body, '$.watch.lookAt'));
CREATE INDEX syncs_by_read ON syncs (account_id, coalesce(json_extract(body, '$.watermark'), ''));

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
CREATE TABLE role_versions (account_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) STRICT;

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

CREATE TABLE moves (
  move_id TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, tenant_id TEXT NOT NULL, open INTEGER NOT NULL, due_at TEXT,
  version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX moves_open ON moves (account_id, tenant_id) WHERE open = 1;
CREATE INDEX moves_due ON moves (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE removed_tenants (
  account_id TEXT NOT NULL, tenant_id TEXT NOT NULL, removed_at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, tenant_id)
) STRICT;

-- No link stands behind these: the tenant is gone.
CREATE TABLE retired_cards (
  account_id TEXT NOT NULL, conversation_id TEXT NOT NULL, activity_id TEXT NOT NULL, tenant_id TEXT NOT NULL,
  due_at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account_id, conversation_id, activity_id)
) STRICT;
CREATE INDEX retired_cards_of_tenant ON retired_cards (tenant_id, due_at);
CREATE INDEX retired_cards_due ON retired_cards (due_at);

CREATE TABLE audit (
  position INTEGER PRIMARY KEY, account_id TEXT NOT NULL, row_id TEXT NOT NULL, tenant_id TEXT, at TEXT NOT NULL,
  chain TEXT NOT NULL, sequence INTEGER NOT NULL, target TEXT NOT NULL, target_key TEXT NOT NULL, verb_key TEXT NOT NULL,
  actor_key TEXT NOT NULL, actor_id TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (account_id, row_id), UNIQUE (account_id, chain, sequence)
) STRICT;
CREATE INDEX audit_of_account ON audit (account_id, at, position);
CREATE INDEX audit_of_tenant ON audit (account_id, tenant_id, at, position);
CREATE INDEX audit_of_target ON audit (account_id, target, at, position);
CREATE TABLE audit_heads (
  account_id TEXT NOT NULL, chain TEXT NOT NULL, sequence INTEGER NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (account_id, chain)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit rows are not changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit rows are not deleted'); END;
CREATE TRIGGER audit_heads_go_on BEFORE UPDATE ON audit_heads WHEN new.sequence <= old.sequence
  BEGIN SELECT raise(ABORT, 'audit heads only go on'); END;
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads BEGIN SELECT raise(ABORT, 'audit heads are not deleted'); END;

CREATE TABLE ephemerals (
  key TEXT NOT NULL PRIMARY KEY, ends_at TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX ephemerals_by_end ON ephemerals (ends_at);
`;
