using FeatureTransfer.Extraction;
using FeatureTransfer.Orleans.Membership;
using FeatureTransfer.Orleans.Working;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Orleans;

/// <summary>A process that takes part in a cluster: it waits for work, and computes features into the store that the client names.</summary>
public static class ExtractionSilo
{
    internal static string Version { get; } = typeof(FeatureExtractor).Assembly.GetName().Version!.ToString();

    /// <summary>Makes a host that has joined the cluster when it has started, and leaves it when it stops.</summary>
    /// <param name="options">The cluster, and how the silo takes part.</param>
    /// <param name="services">Where backbones come from, and who takes the log. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="logging">Adds where the log of Orleans goes. Default nowhere.</param>
    /// <param name="cancellationToken">Stops the preparation of the database.</param>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    /// <exception cref="FeatureTransferException">The database cannot be reached, or refuses.</exception>
    public static async Task<IHost> CreateAsync(ExtractionSiloOptions options, FeatureTransferServices? services = null, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Cluster.Validate();
        if (options.Port is < 0 or > 65534)
            throw new ArgumentException($"{nameof(ExtractionSiloOptions)}: {nameof(options.Port)} is {options.Port}; expected 0 to 65534.");
        if (options.Cluster.ConnectionString is { } connection)
            await MembershipDatabase.PrepareAsync(connection, cancellationToken).ConfigureAwait(false);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        logging?.Invoke(builder.Logging);
        builder.Services.TryAddSingleton((services ?? FeatureTransferServices.Default).Clock);
        builder.Services.AddSingleton(services ?? FeatureTransferServices.Default);
        builder.Services.AddSingleton(options);
        var place = SiloPlace.Take(options);
        builder.Services.AddSingleton(_ => place);
        builder.UseOrleans(silo => silo.Join(options.Cluster, place));
        builder.Services.AddHostedService<ShardWorker>();
        return builder.Build();
    }

    /// <summary>The name by which messages call a silo: the machine and the address.</summary>
    /// <param name="silo">A host that <see cref="CreateAsync"/> made.</param>
    public static string NameOf(IHost silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        return silo.Services.GetRequiredService<SiloPlace>().Name;
    }
}
