using Onnx;

namespace FeatureTransfer.Graphs.Gradients.Opsets;

/// <summary>Brings a model to operator set 18, so that the gradients know one version of each operator.</summary>
internal static class OpsetUpgrade
{
    /// <summary>The version that gradients are written in, at least.</summary>
    public const long Target = 18;

    /// <summary>Changes the model.</summary>
    public static void Apply(OnnxModel model)
    {
        var opset = model.Proto.Opset();
        if (opset >= Target)
            return;
        var import = model.Proto.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx");
        if (import is null)
            model.Proto.OpsetImport.Add(import = new OperatorSetIdProto());
        import.Version = Target;
        model.Proto.IrVersion = Math.Max(model.Proto.IrVersion, 8);
    }
}
