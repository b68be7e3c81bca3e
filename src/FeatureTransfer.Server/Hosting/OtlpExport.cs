using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace FeatureTransfer.Server.Hosting;

/// <summary>Sends metrics and traces to a collector that was named; without one nothing is collected or sent.</summary>
internal static class OtlpExport
{
    private const string AspNet = "Microsoft.AspNetCore";

    public static void Add(IServiceCollection services, Uri endpoint) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(FeatureTransferTelemetry.Name))
        .WithMetrics(metrics => metrics.AddMeter(FeatureTransferTelemetry.Name, $"{AspNet}.Hosting", $"{AspNet}.Server.Kestrel", $"{AspNet}.RateLimiting"))
        .WithTracing(traces => traces.AddSource(FeatureTransferTelemetry.Name, AspNet))
        .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, endpoint);
}
