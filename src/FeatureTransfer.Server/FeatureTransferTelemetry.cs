namespace FeatureTransfer.Server;

/// <summary>What a server's metrics and traces go by.</summary>
public static class FeatureTransferTelemetry
{
    /// <summary>The name of the meter and of the activity source, for <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry.</summary>
    public const string Name = "FeatureTransfer.Server";
}
