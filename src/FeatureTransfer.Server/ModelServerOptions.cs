namespace FeatureTransfer.Server;

/// <summary>How <see cref="ModelServer"/> runs.</summary>
public sealed record ModelServerOptions
{
    /// <summary>Where it listens. Default <c>http://127.0.0.1:5080</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>Whether it may listen beyond this machine and ask nobody for a key. Default false.</summary>
    public bool AllowsNoKey { get; init; }

    /// <summary>Where metrics and traces go, by OTLP. Default, and null: nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>What it takes on.</summary>
    public FeatureTransferServerOptions Server { get; init; } = new();
}
