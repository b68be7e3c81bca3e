using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Hosting;
using FeatureTransfer.Server.Models;
using FeatureTransfer.Server.Requests;
using FeatureTransfer.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Server;

/// <summary>A model file behind HTTP, in any ASP.NET Core app.</summary>
public static class FeatureTransferServerExtensions
{
    /// <summary>Adds the one model of the app. The host opens it when it starts, and takes up a new file in its place while it runs.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="options">What the server takes on. Default the defaults.</param>
    /// <exception cref="FeatureTransferException">When the host starts: the file is missing, damaged, of another version, or opens files by itself; or the limits cannot be met.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddFeatureTransferServer("flowers.ftm");
    /// var app = builder.Build();
    /// app.UseRateLimiter();
    /// app.MapFeatureTransfer("/flowers");
    /// </code>
    /// </example>
    public static IServiceCollection AddFeatureTransferServer(this IServiceCollection services, string path, FeatureTransferServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var chosen = options ?? new FeatureTransferServerOptions();
        services.AddMetrics();
        services.AddSingleton(chosen);
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<ModelRequests>();
        services.AddSingleton(provider => new ModelHost(path, chosen, provider.GetRequiredService<ServerMetrics>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        services.AddHealthChecks().AddCheck<ModelHealth>(FeatureTransferTelemetry.Name, tags: [ModelHealth.Tag]);
        return services.AddRateLimiter(limiter => limiter.AddPolicy<string, ConcurrencyPolicy>(ConcurrencyPolicy.Name));
    }

    /// <summary>
    /// Maps <c>POST predict</c>, <c>POST embed</c> and <c>GET model</c>, and, open to all, <c>GET health/live</c> and <c>GET health/ready</c>. With
    /// <c>app.UseRateLimiter()</c> no more requests are taken at a time than the options allow.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">What the paths begin with. Default nothing.</param>
    /// <returns>The endpoints that ask the model, for authorization and the like.</returns>
    public static IEndpointConventionBuilder MapFeatureTransfer(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var all = endpoints.MapGroup(prefix);
        all.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        all.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ModelHealth.Tag) });
        var model = all.MapGroup("").AddEndpointFilter<ApiKeyFilter>().RequireRateLimiting(ConcurrencyPolicy.Name).WithTags("model");
        model.MapPost("/predict", (HttpContext context, ModelRequests requests) => requests.PredictAsync(context))
            .Produces<Answer>().WithSummary("Answers for one item, or for a list of items").Describe(FeatureTransferOpenApi.Predict);
        model.MapPost("/embed", (HttpContext context, ModelRequests requests) => requests.EmbedAsync(context))
            .Produces<Features>().WithSummary("Features of the model's backbone for one item, or for a list of items").Describe(FeatureTransferOpenApi.Embed);
        model.MapGet("/model", (ModelRequests requests) => requests.Describe())
            .Produces<ModelDescription>().ProducesProblem(StatusCodes.Status401Unauthorized).WithSummary("What the model reads and answers");
        return model;
    }

    private static void Describe(this RouteHandlerBuilder endpoint, Func<Microsoft.OpenApi.OpenApiOperation, IServiceProvider, Task> describe)
    {
        foreach (var status in new[] { 400, 401, 413, 415, 429, 503 })
            endpoint.ProducesProblem(status);
        endpoint.AddOpenApiOperationTransformer((operation, context, _) => describe(operation, context.ApplicationServices));
    }
}
