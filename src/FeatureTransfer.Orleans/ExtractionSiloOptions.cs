using System.Net;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Orleans;

/// <summary>How a silo takes part in a cluster.</summary>
public sealed record ExtractionSiloOptions
{
    /// <summary>The cluster. Default processes of this machine.</summary>
    public ExtractionClusterOptions Cluster { get; init; } = new();

    /// <summary>The address of this machine on which others reach the silo; it listens on no other. Default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>With a database, the port for other silos; the next one is for clients. 0 takes any two that are free. 0 to 65534, default 5100.</summary>
    public int Port { get; init; } = 5100;

    /// <summary>What the backbone runs on. Default <see cref="Device.Auto"/>.</summary>
    public Device Device { get; init; } = Device.Auto;
}
