-- identity: which database this is. Another timeline is a promoted replica or a restored backup, which may have lost commits.
SELECT system_identifier::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()
