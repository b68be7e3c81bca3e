using System.Net;
using FeatureTransfer.Orleans.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;

namespace FeatureTransfer.Orleans.Membership;

/// <summary>Tells Orleans how silos and clients find each other, and when a silo is dead.</summary>
internal static class ClusterMembership
{
    private const string Name = "featuretransfer", Provider = "Npgsql";

    // A silo that does not answer so many times in a row is dead.
    private const int Misses = 3;

    /// <summary>Prepares a silo.</summary>
    public static void Join(this ISiloBuilder silo, ExtractionClusterOptions cluster, SiloPlace place)
    {
        if (cluster.ConnectionString is { } connection)
        {
            silo.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (Name, Name));
            silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Provider, MembershipDatabase.ConnectionString(connection)));
            silo.ConfigureEndpoints(place.Silo.Address, place.Silo.Port, place.Gateway);
        }
        else
        {
            silo.UseLocalhostClustering(place.Silo.Port, place.Gateway, new IPEndPoint(IPAddress.Loopback, cluster.LocalPort), Name, Name);
        }

        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.NumMissedProbesLimit = membership.NumMissedTableIAmAliveLimit = Misses;
            membership.ProbeTimeout = membership.IAmAliveTablePublishTimeout = cluster.DeadAfter / Misses;
            membership.TableRefreshTimeout = cluster.DeadAfter;
        });
        silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = cluster.DeadAfter / Misses);
        Know(silo.Services);
    }

    /// <summary>Prepares a client.</summary>
    public static void Join(this IClientBuilder client, ExtractionClusterOptions options)
    {
        if (options.ConnectionString is { } connection)
        {
            client.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (Name, Name));
            client.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Provider, MembershipDatabase.ConnectionString(connection)));
        }
        else
        {
            client.UseLocalhostClustering(options.LocalPort + 1, Name, Name);
        }

        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = options.DeadAfter / Misses);
        client.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = options.DeadAfter / Misses);
        Know(client.Services);
    }

    // Without this Orleans would look for what it calls through whatever the program was started from.
    private static void Know(IServiceCollection services) => services.AddSerializer(serializer => serializer.AddAssembly(typeof(IJobBoard).Assembly));
}
