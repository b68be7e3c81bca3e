using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary><c>ApplyOnnxModel</c>: from a file or bytes, all or some of the inputs and outputs, with or without shapes.</summary>
public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        var settings = Settings(catalog, options.GpuDeviceId, options.FallbackToCpu, options.ShapeDictionary) with
        {
            InterOpThreads = options.InterOpNumThreads,
            IntraOpThreads = options.IntraOpNumThreads,
        };
        return new(new(OnnxModelSource.OfFile(options.ModelFile), settings, options.InputColumns, options.OutputColumns));
    }

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string modelFile,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), null, null, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string modelFile,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), null, null, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), [inputColumnName], [outputColumnName], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), [inputColumnName], [outputColumnName], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        string modelFile,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), inputColumnNames, outputColumnNames, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        string modelFile,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), inputColumnNames, outputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        string modelFile,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false,
        int recursionLimit = 100) =>
        Make(catalog, OnnxModelSource.OfFile(modelFile), inputColumnNames, outputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        Stream modelBytes,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), null, null, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), null, null, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        Stream modelBytes,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), [inputColumnName], [outputColumnName], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), [inputColumnName], [outputColumnName], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        Stream modelBytes,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), inputColumnNames, outputColumnNames, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), inputColumnNames, outputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false,
        int recursionLimit = 100) =>
        Make(catalog, OnnxModelSource.OfStream(modelBytes), inputColumnNames, outputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    private static OnnxScoringEstimator Make(
        TransformsCatalog catalog,
        OnnxModelSource source,
        string[]? inputs,
        string[]? outputs,
        IDictionary<string, int[]>? shapes,
        int? gpuDeviceId,
        bool fallbackToCpu) =>
        new(new(source, Settings(catalog, gpuDeviceId, fallbackToCpu, shapes), inputs, outputs));

    private static OnnxSettings Settings(TransformsCatalog catalog, int? gpuDeviceId, bool fallbackToCpu, IDictionary<string, int[]>? shapes)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var context = catalog.Context;
        return new(
            gpuDeviceId ?? context.GpuDeviceId,
            fallbackToCpu || context.FallbackToCpu,
            shapes is null ? new Dictionary<string, int[]>() : new Dictionary<string, int[]>(shapes, StringComparer.Ordinal));
    }
}
