using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;

namespace FeatureTransfer.Server.Hosting;

/// <summary>The page that shows the interface: from this server alone, whatever its script would like to load.</summary>
internal static class ApiPage
{
    private const string Policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'";

    /// <summary>No fonts from elsewhere, no telemetry, no assistant.</summary>
    public static void Set(ScalarOptions page)
    {
        page.Title = "FeatureTransfer";
        page.DefaultFonts = false;
        page.Telemetry = false;
        page.DynamicBaseServerUrl = true;
        page.Agent = new() { Disabled = true };
        page.Mcp = new() { Disabled = true };
        page.HideClientButton = true;
        page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }

    /// <summary>Browsers load nothing for the page from other servers.</summary>
    public static ValueTask<object?> ForbidOthersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
        return next(context);
    }
}
