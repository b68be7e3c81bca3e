using System.Net;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Server.Hosting;

/// <summary>Looks at where a server is to listen.</summary>
internal static class ListenAddresses
{
    /// <summary>Whether all addresses can be reached from this machine alone.</summary>
    /// <exception cref="FeatureTransferException">There is none, or one cannot be used.</exception>
    public static bool AreLocal(IReadOnlyList<string> urls) =>
        urls.Count > 0 ? urls.Select(Parse).ToList().TrueForAll(IsLocal) : throw new FeatureTransferException("There is no address to listen on. Expected one such as http://127.0.0.1:5080.");

    private static BindingAddress Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (!address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase))
                throw new FeatureTransferException($"{url}: the server speaks http. Put a proxy with a certificate in front of it for https.");
            return address.PathBase.Length == 0 ? address : throw new FeatureTransferException($"{url}: ends in a path. Expected a machine and a port, such as http://127.0.0.1:5080.");
        }
        catch (FormatException exception)
        {
            throw new FeatureTransferException($"{url}: is no address to listen on. Expected one such as http://127.0.0.1:5080.", exception);
        }
    }

    private static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
