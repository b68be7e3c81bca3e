using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Server.Requests;

/// <summary>A problem as RFC 9457 has it.</summary>
internal sealed class ProblemResult(int status, string detail, int? retryAfter) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is { } seconds)
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: status).ExecuteAsync(httpContext);
    }
}
