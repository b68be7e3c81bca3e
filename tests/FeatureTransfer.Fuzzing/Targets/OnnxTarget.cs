using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Opsets;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>ONNX models, and what is looked at and changed in them before ONNX Runtime sees them.</summary>
internal sealed class OnnxTarget : IFuzzTarget
{
    public string Name => "onnx";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.onnx", input);
        var model = OnnxModel.Load(file.Path);
        ExternalWeights.Files(file.Path);
        _ = model.ToString();
        ClassifierInput.Find(model);
        if (model.TensorNames is [.., var last])
            Bottlenecks.Find(GraphCutter.Cut(model, [last]), model.Inputs.FirstOrDefault()?.Name ?? "");
        FreeBatch.Apply(model);
        OpsetUpgrade.Apply(Copy(model));
        ConstantNodes.ToInitializers(Copy(model).Proto.Graph);
    }

    private static OnnxModel Copy(OnnxModel model) => new(model.Proto.Clone(), model.Name);
}
