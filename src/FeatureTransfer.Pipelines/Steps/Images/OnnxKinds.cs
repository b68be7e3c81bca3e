using FeatureTransfer.Devices;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that runs ONNX models.</summary>
internal static class OnnxKinds
{
    private static readonly OptionSet<OnnxShape> _shape = new OptionSet<OnnxShape>(() => new OnnxShape { Name = "", Shape = [] })
        .Add("name", StepOptions.Text, s => s.Name, (s, v) => s with { Name = v }, "The input or output", required: true)
        .Add("shape", new ListFormat<int>(new IntegerFormat(-1, int.MaxValue)), s => s.Shape, (s, v) => s with { Shape = v }, "The dimensions; -1 is open", required: true);

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "ApplyOnnxModel",
            "Runs an ONNX model as it is",
            new OptionSet<ApplyOnnxModelStep>(() => new ApplyOnnxModelStep { ModelFile = "" })
                .Add("modelFile", new PathFormat(), s => s.ModelFile, (s, v) => s with { ModelFile = v }, "The model, relative to this file", required: true)
                .Add("outputs", new ListFormat<string>(StepOptions.Text), s => s.Outputs, (s, v) => s with { Outputs = v }, "The outputs to keep, each a column of its name; empty is all")
                .Add("inputs", new ListFormat<string>(StepOptions.Text), s => s.Inputs, (s, v) => s with { Inputs = v }, "The columns of the inputs, in the model's order; empty takes the columns of the inputs' names")
                .Add("shapeDictionary", new ListFormat<OnnxShape>(new NestedFormat<OnnxShape>(_shape)), s => s.ShapeDictionary, (s, v) => s with { ShapeDictionary = v }, "Shapes that the model leaves open")
                .Add("gpuDeviceId", new OptionalValueFormat<int>(new IntegerFormat(0, int.MaxValue)), s => s.GpuDeviceId, (s, v) => s with { GpuDeviceId = v }, "The GPU to run on; null is the CPU")
                .Add("fallbackToCpu", StepOptions.Boolean, s => s.FallbackToCpu, (s, v) => s with { FallbackToCpu = v }, "Whether the CPU stands in for a GPU that is not there"),
            Create),
    ];

    private static IEstimator<ITransformer> Create(ApplyOnnxModelStep step, StepBuild build)
    {
        var (transforms, file) = (build.Context.Transforms, build.ResolvePath(step.ModelFile)!);
        var shapes = step.ShapeDictionary.ToDictionary(shape => shape.Name, shape => shape.Shape.ToArray(), StringComparer.Ordinal);
        var gpu = Gpu(step);
        return step.Inputs.Count + step.Outputs.Count == 0
            ? transforms.ApplyOnnxModel(file, shapes, gpu, step.FallbackToCpu)
            : transforms.ApplyOnnxModel([.. step.Outputs], [.. step.Inputs], file, shapes, gpu, step.FallbackToCpu);
    }

    // ML.NET falls back where CUDA fails to start, but not where ONNX Runtime was built without it.
    private static int? Gpu(ApplyOnnxModelStep step)
    {
        var cuda = ExecutionProvider.Of(DeviceKind.Cuda);
        if (step.GpuDeviceId is null || cuda.IsThere)
            return step.GpuDeviceId;
        return step.FallbackToCpu
            ? null
            : throw new FeatureTransferException($"ApplyOnnxModel: gpuDeviceId is {step.GpuDeviceId}, and this ONNX Runtime is built without CUDA. {cuda.HowToGet} To run on the CPU where there is no GPU, set fallbackToCpu to true.");
    }
}
