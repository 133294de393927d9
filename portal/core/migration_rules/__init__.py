"""Migrations that the version before can live with: what may change while it still serves.

Old code and new tables run side by side during an upgrade, and again when one goes back. So a
migration only adds (expand); what no code uses any more goes later (contract), in a migration that
says why it may: `# downtime: reason`. docs/operations.md, "Upgrade", tells how.
"""

from portal.core.migration_rules.reading import Finding, findings_of, new_migrations
from portal.core.migration_rules.rules import faults

__all__ = ["Finding", "faults", "findings_of", "new_migrations"]
