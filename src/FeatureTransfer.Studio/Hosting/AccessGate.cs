using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Studio.Hosting;

/// <summary>Lets in who has the address with the token, and nobody else: no other site's page, and no other user of this machine.</summary>
internal sealed class AccessGate(RequestDelegate next, string token)
{
    /// <summary>The header that requests of the page's own script bring; a form of another site cannot.</summary>
    public const string ScriptHeader = "X-Studio";

    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    /// <summary>Answers a request that may not pass, and hands on one that may.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        PageHeaders.Set(context);
        var request = context.Request;
        if (request.Headers.Origin is [{ } origin] && origin != $"{request.Scheme}://{request.Host}")
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Another site's page asked for this.").ConfigureAwait(false);
        else if (HttpMethods.IsGet(request.Method) && request.Path == "/" && IsToken(request.Query["token"]))
            await WelcomeAsync(context).ConfigureAwait(false);
        else if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Another site's page asked for this.").ConfigureAwait(false);
        else if (!IsToken(request.Cookies[CookieName(context)]))
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Open the address that ft studio wrote to the terminal: it has a token, and this one has none.").ConfigureAwait(false);
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments("/_blazor") && request.Headers[ScriptHeader].Count == 0)
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The page's script did not ask for this.").ConfigureAwait(false);
        else
            await next(context).ConfigureAwait(false);
    }

    // Cookies do not know of ports, and several studios may be open.
    private static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"ft-studio-{context.Connection.LocalPort}");

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason);
    }

    // The page is opened from here, so that the browser brings the strict cookie, and so that the token stays in neither the address bar nor the history.
    private Task WelcomeAsync(HttpContext context)
    {
        context.Response.Cookies.Append(CookieName(context), token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" });
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("<!DOCTYPE html><html lang=\"en\"><title>Studio</title><link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><p><a href=\"/\">Open the studio</a></p></html>");
    }

    private bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);
}
