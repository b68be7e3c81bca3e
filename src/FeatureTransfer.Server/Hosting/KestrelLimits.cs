using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FeatureTransfer.Server.Hosting;

/// <summary>What slow and many clients cost at most.</summary>
internal static class KestrelLimits
{
    private const int ConnectionsARequest = 8;

    /// <summary>Sets the limits: 10 seconds for a request's head, 240 bytes a second for its body from the sixth second on, and eight connections for each request that is taken at a time.</summary>
    public static void Set(KestrelServerOptions kestrel, FeatureTransferServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = (long)ConnectionsARequest * options.MaxConcurrentRequests;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
