using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FeatureTransfer.Server.Models;

/// <summary>Readiness, as ASP.NET's health checks ask for it.</summary>
internal sealed class ModelHealth(ModelHost host) : IHealthCheck
{
    public const string Tag = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(host.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The model is not open, or the server is stopping."));
}
