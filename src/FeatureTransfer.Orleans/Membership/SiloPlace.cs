using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FeatureTransfer.Orleans.Membership;

/// <summary>Where a silo listens. Without a database the first silo of a machine has the known port, which a file that it holds open says it has.</summary>
internal sealed class SiloPlace : IDisposable
{
    private readonly FileStream? _first;

    private SiloPlace(IPEndPoint silo, int gateway, FileStream? first) => (Silo, Gateway, _first) = (silo, gateway, first);

    /// <summary>Where other silos reach it.</summary>
    public IPEndPoint Silo { get; }

    /// <summary>The port for clients.</summary>
    public int Gateway { get; }

    /// <summary>The name by which messages call the silo.</summary>
    public string Name => $"{Environment.MachineName} ({Silo})";

    /// <summary>Finds a place.</summary>
    public static SiloPlace Take(ExtractionSiloOptions options)
    {
        if (options.Cluster.ConnectionString is not null)
            return options.Port == 0 ? Free(options.Address) : new SiloPlace(new IPEndPoint(options.Address, options.Port), options.Port + 1, null);
        return TryHold(options.Cluster.LocalPort) is { } first
            ? new SiloPlace(new IPEndPoint(IPAddress.Loopback, options.Cluster.LocalPort), options.Cluster.LocalPort + 1, first)
            : Free(IPAddress.Loopback);
    }

    public void Dispose() => _first?.Dispose();

    // A port tells nothing: two silos that start at once would both find it free.
    private static FileStream? TryHold(int port)
    {
        try
        {
            return new FileStream(Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"featuretransfer-silo-{port}.lock")), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static SiloPlace Free(IPAddress address)
    {
        using var first = Bound(address);
        using var second = Bound(address);
        return new SiloPlace((IPEndPoint)first.LocalEndPoint!, ((IPEndPoint)second.LocalEndPoint!).Port, null);
    }

    private static Socket Bound(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
