using FeatureTransfer.Server.Requests;
using FeatureTransfer.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Server.Hosting;

/// <summary>Lets in who brings a key, as <c>Authorization: Bearer</c> or as <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyFilter(FeatureTransferServerOptions options, ServerMetrics metrics) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (options.ApiKeys.IsEmpty || (Key(context.HttpContext.Request.Headers) is { } key && options.ApiKeys.Contains(key)))
            return await next(context).ConfigureAwait(false);
        metrics.Rejected("key");
        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemResult(StatusCodes.Status401Unauthorized, "The request brings no key that is known. Send one as Authorization: Bearer KEY, or as X-Api-Key: KEY.", null);
    }

    private static string? Key(IHeaderDictionary headers) =>
        headers.Authorization.ToString() is var value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim()
        : headers.TryGetValue("X-Api-Key", out var own) ? own.ToString()
        : null;
}
