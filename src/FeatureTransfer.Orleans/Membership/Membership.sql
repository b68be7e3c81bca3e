-- What Orleans' ADO.NET membership needs of a database: the table of its queries by name, and the tables that these use.
-- It is run when a silo or a client starts, in a transaction of its own, and changes nothing where all is as it should be.
CREATE SCHEMA IF NOT EXISTS featuretransfer;

CREATE TABLE IF NOT EXISTS orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE IF NOT EXISTS orleansmembershipversiontable (
    deploymentid text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS orleansmembershiptable (
    deploymentid text NOT NULL REFERENCES orleansmembershipversiontable ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status integer NOT NULL,
    proxyport integer,
    suspecttimes text,
    starttime timestamptz NOT NULL,
    iamalivetime timestamptz NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
);

-- A silo may write only if nobody has since it read: the version counts on, or no row is touched.
INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', '
    WITH added AS (
        INSERT INTO orleansmembershipversiontable (deploymentid) VALUES (@DeploymentId)
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*) > 0 FROM added'),
('InsertMembershipKey', '
    WITH counted AS (
        UPDATE orleansmembershipversiontable SET version = version + 1
        WHERE deploymentid = @DeploymentId AND version = @Version RETURNING 1),
    added AS (
        INSERT INTO orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM counted
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*) > 0 FROM added'),
('UpdateMembershipKey', '
    WITH counted AS (
        UPDATE orleansmembershipversiontable SET version = version + 1
        WHERE deploymentid = @DeploymentId AND version = @Version RETURNING 1),
    changed AS (
        UPDATE orleansmembershiptable SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = greatest(iamalivetime, @IAmAliveTime)
        WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND EXISTS (SELECT FROM counted)
        RETURNING 1)
    SELECT count(*) > 0 FROM changed'),
('UpdateIAmAlivetimeKey', '
    UPDATE orleansmembershiptable SET iamalivetime = greatest(iamalivetime, @IAmAliveTime)
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadRowKey', '
    SELECT deploymentid, address, port, generation, siloname, hostname, status, proxyport, suspecttimes, starttime, iamalivetime, version
    FROM orleansmembershipversiontable
    LEFT JOIN (SELECT * FROM orleansmembershiptable WHERE address = @Address AND port = @Port AND generation = @Generation) silo USING (deploymentid)
    WHERE deploymentid = @DeploymentId'),
('MembershipReadAllKey', '
    SELECT deploymentid, address, port, generation, siloname, hostname, status, proxyport, suspecttimes, starttime, iamalivetime, version
    FROM orleansmembershipversiontable LEFT JOIN orleansmembershiptable USING (deploymentid)
    WHERE deploymentid = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT address, proxyport, generation FROM orleansmembershiptable
    WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0'),
('DeleteMembershipTableEntriesKey', '
    DELETE FROM orleansmembershipversiontable WHERE deploymentid = @DeploymentId'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM orleansmembershiptable WHERE deploymentid = @DeploymentId AND status = 6 AND iamalivetime < @IAmAliveTime AND starttime < @IAmAliveTime'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM orleansmembershiptable
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
        AND iamalivetime = @IAmAliveTime AND starttime = @StartTime AND coalesce(suspecttimes, '''') = coalesce(@SuspectTimes, '''')')
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
