using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The starting point: catalogs of everything there is, one seed, one log.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly Lock _randomLock = new();
    private readonly Random _random;

    public MLContext(int? seed = null)
    {
        Seed = seed;
        _random = seed is { } value ? new Random(value) : new Random();
        Data = new DataOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
        Model = new ModelOperationsCatalog(this);
        BinaryClassification = new BinaryClassificationCatalog(this);
        MulticlassClassification = new MulticlassClassificationCatalog(this);
        Regression = new RegressionCatalog(this);
        Clustering = new ClusteringCatalog(this);
        AnomalyDetection = new AnomalyDetectionCatalog(this);
    }

    public event EventHandler<LoggingEventArgs>? Log;

    public DataOperationsCatalog Data { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public BinaryClassificationCatalog BinaryClassification { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    public RegressionCatalog Regression { get; }

    public ClusteringCatalog Clustering { get; }

    public AnomalyDetectionCatalog AnomalyDetection { get; }

    /// <summary>Where temporary files go; null is the system's folder.</summary>
    public string TempFilePath { get; set; } = Path.GetTempPath();

    /// <summary>Whether a missing GPU means running on the CPU rather than failing.</summary>
    public bool FallbackToCpu { get; set; } = true;

    /// <summary>The GPU to run ONNX models on; null is the CPU.</summary>
    public int? GpuDeviceId { get; set; }

    string IExceptionContext.ContextDescription => "MLContext";

    internal int? Seed { get; }

    TException IExceptionContext.Process<TException>(TException ex) => ex;

    IChannel IChannelProvider.Start(string name) => new LogChannel(this, name);

    /// <summary>A generator of a component's own, drawn from the context's seed or made from the one given.</summary>
    internal Random NewRandom(int? seed = null) => new(seed ?? NextSeed());

    internal int NextSeed()
    {
        lock (_randomLock)
            return _random.Next();
    }

    internal void Report(ChannelMessageKind kind, string source, string message) =>
        Log?.Invoke(this, new LoggingEventArgs(message, kind, source));
}
