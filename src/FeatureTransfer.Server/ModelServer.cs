using FeatureTransfer.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scalar.AspNetCore;

namespace FeatureTransfer.Server;

/// <summary>A whole server for one model file: what <c>ft serve</c> runs.</summary>
public static class ModelServer
{
    /// <summary>Makes the server; start it with <c>StartAsync</c> or <c>RunAsync</c>. It reads no settings but these: no appsettings.json, no variables.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="options">How it runs. Default the defaults.</param>
    /// <param name="configure">Adds to it, such as a log. Default, and null: nothing.</param>
    /// <exception cref="FeatureTransferException">An address cannot be used, or reaches beyond this machine without keys.</exception>
    public static WebApplication Create(string path, ModelServerOptions? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var chosen = options ?? new ModelServerOptions();
        chosen.Server.Check();
        var isLocal = ListenAddresses.AreLocal(chosen.Urls);
        if (!isLocal && chosen.Server.ApiKeys.IsEmpty && !chosen.AllowsNoKey)
            throw new FeatureTransferException($"{string.Join(", ", chosen.Urls)} can be reached from other machines, and there is no API key: whoever finds the server could use it. Give keys, listen on 127.0.0.1, or say that no key is wanted.");

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls([.. chosen.Urls]).ConfigureKestrel(kestrel => KestrelLimits.Set(kestrel, chosen.Server));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = chosen.Server.DrainDelay + chosen.Server.RequestTimeout);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(document => document.AddDocumentTransformer(FeatureTransferOpenApi.TitleAsync));
        builder.Services.AddFeatureTransferServer(path, chosen.Server);

        // A page of another site that gets its name resolved to this machine does not know how we are called here.
        if (isLocal)
            builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        if (chosen.OtlpEndpoint is { } endpoint)
            OtlpExport.Add(builder.Services, endpoint);
        configure?.Invoke(builder);
        return Map(builder.Build(), isLocal);
    }

    private static WebApplication Map(WebApplication app, bool isLocal)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (isLocal)
            app.UseHostFiltering();
        app.UseRateLimiter();
        app.MapFeatureTransfer();
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", ApiPage.Set).AddEndpointFilter(ApiPage.ForbidOthersAsync);
        app.MapGet("/", () => Results.Redirect("/docs")).ExcludeFromDescription();
        return app;
    }
}
