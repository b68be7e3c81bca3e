namespace FeatureTransfer.Orleans;

/// <summary>Which cluster is meant. Its silos and its clients have to be given the same.</summary>
public sealed record ExtractionClusterOptions
{
    /// <summary>The PostgreSQL database that knows the silos, as Npgsql writes connections. Default, and null: none; the silos are processes of this machine.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Without a database, the port of the first silo, which the others have to outlive; the next one is that of clients. 1 to 65534, default 5100.</summary>
    public int LocalPort { get; init; } = 5100;

    /// <summary>For how long a silo may be silent before others take its work over. At least 3 seconds, default 15.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many rows a silo takes at once. 1 to 1000000, default 512: some seconds of work.</summary>
    public int ShardRows { get; init; } = 512;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (LocalPort is < 1 or > 65534)
            faults.Add($"{nameof(LocalPort)} is {LocalPort}; expected 1 to 65534");
        if (DeadAfter < TimeSpan.FromSeconds(3))
            faults.Add($"{nameof(DeadAfter)} is {DeadAfter}; expected at least 3 seconds");
        if (ShardRows is < 1 or > 1_000_000)
            faults.Add($"{nameof(ShardRows)} is {ShardRows}; expected 1 to 1000000");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(ExtractionClusterOptions)}: {string.Join("; ", faults)}.");
    }
}
