using FeatureTransfer.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to a host's services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="ModelPredictor{TInput, TOutput}"/>, which any request may ask at any time. The model is opened when it is first asked
    /// for; what it has to tell goes to the host's log.
    /// </summary>
    /// <typeparam name="TInput">A row as the model reads it.</typeparam>
    /// <typeparam name="TOutput">The columns to read from what the model gives.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="options">How it is served. Default the defaults.</param>
    /// <example>
    /// <code>
    /// builder.Services.AddFeatureTransferPredictor&lt;Photograph, Answer&gt;("flowers.ftm");
    /// app.MapPost("/", (Photograph photograph, ModelPredictor&lt;Photograph, Answer&gt; predictor) => predictor.Predict(photograph));
    /// </code>
    /// </example>
    public static IServiceCollection AddFeatureTransferPredictor<TInput, TOutput>(this IServiceCollection services, string path, ModelPredictorOptions? options = null)
        where TInput : class
        where TOutput : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddSingleton(provider => new ModelPredictor<TInput, TOutput>(path, options ?? Logged(provider)));
    }

    private static ModelPredictorOptions Logged(IServiceProvider provider) => provider.GetService<ILoggerFactory>() is { } logs
        ? new ModelPredictorOptions { Services = FeatureTransferServices.Default with { Logger = logs.CreateLogger("FeatureTransfer") } }
        : new ModelPredictorOptions();
}
