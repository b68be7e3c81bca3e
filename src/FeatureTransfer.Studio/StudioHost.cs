using System.Security.Cryptography;
using FeatureTransfer.Studio.Components;
using FeatureTransfer.Studio.Hosting;
using FeatureTransfer.Studio.Session;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FluentUI.AspNetCore.Components;

namespace FeatureTransfer.Studio;

/// <summary>A page on this machine on which a folder is labelled, and learned from: what <c>ft studio</c> runs.</summary>
public sealed class StudioHost : IAsyncDisposable
{
    private readonly string _token;

    private StudioHost(WebApplication app, string token) => (App, _token) = (app, token);

    /// <summary>The web application; start it with <c>StartAsync</c> or <c>RunAsync</c>.</summary>
    public WebApplication App { get; }

    /// <summary>Where the page is, with the token that lets in; known once the application has started.</summary>
    public Uri Address => new($"{App.Urls.First()}/?token={_token}");

    /// <summary>Opens a folder and makes the studio for it. It listens on 127.0.0.1 alone, and reads no settings but these.</summary>
    /// <param name="folder">The folder of images, recordings or texts; it may be empty.</param>
    /// <param name="options">How it runs. Default the defaults.</param>
    /// <param name="configure">Adds to it, such as a log. Default, and null: nothing.</param>
    /// <exception cref="FeatureTransferException">The folder or the backbone cannot be used, or another studio has the folder.</exception>
    public static StudioHost Create(string folder, StudioOptions? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var chosen = options ?? new StudioOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(StudioHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{chosen.Port}")).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = StudioEndpoints.MaxFileBytes;
        });
        builder.Environment.WebRootFileProvider = new AssetFiles();
        AddServices(builder.Services);
        var session = StudioSession.Open(folder, chosen.Backbone, chosen.Services);
        builder.Services.AddSingleton(_ => session).AddScoped<StudioTab>();
        configure?.Invoke(builder);
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new StudioHost(Map(builder.Build(), token), token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static void AddServices(IServiceCollection services)
    {
        services.AddRoutingCore();

        // Keys live as long as the process: nothing is left in the user's folders.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<HubOptions>(hub => hub.MaximumReceiveMessageSize = 1 << 20);
        services.AddFluentUIComponents();
        services.AddHostFiltering(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
    }

    private static WebApplication Map(WebApplication app, string token)
    {
        // Whoever opens it closes it: the container disposes of what it has handed out.
        var session = app.Services.GetRequiredService<StudioSession>();
        app.Lifetime.ApplicationStarted.Register(() => _ = session.ReadFeaturesAsync());
        app.UseHostFiltering();
        app.UseMiddleware<AccessGate>(token);
        app.UseStaticFiles();
        app.UseRouting();
        app.UseAntiforgery();
        StudioEndpoints.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
