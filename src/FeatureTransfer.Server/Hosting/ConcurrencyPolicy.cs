using System.Threading.RateLimiting;
using FeatureTransfer.Server.Requests;
using FeatureTransfer.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace FeatureTransfer.Server.Hosting;

/// <summary>So many requests at a time and no more, for ASP.NET's rate limiter.</summary>
internal sealed class ConcurrencyPolicy(FeatureTransferServerOptions options, ServerMetrics metrics) : IRateLimiterPolicy<string>
{
    public const string Name = "FeatureTransfer";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => async (rejected, _) =>
    {
        metrics.Rejected("concurrency");
        await new ProblemResult(StatusCodes.Status429TooManyRequests, $"{options.MaxConcurrentRequests} requests are being answered already.", 1).ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetConcurrencyLimiter(Name, _ => new ConcurrencyLimiterOptions { PermitLimit = options.MaxConcurrentRequests });
}
