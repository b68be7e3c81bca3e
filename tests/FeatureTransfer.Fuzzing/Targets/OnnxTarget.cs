using System.Runtime.InteropServices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Opsets;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>ONNX models, and what is looked at and changed in them before ONNX Runtime sees them.</summary>
internal sealed class OnnxTarget : IFuzzTarget
{
    public string Name => "onnx";

    public void Read(byte[] input)
    {
        ReadTwice(input);
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

    // Weights that stay where they are have to be the ones that Protocol Buffers reads.
    private static void ReadTwice(byte[] input)
    {
        var (expected, read) = (Outcome(() => ModelProto.Parser.ParseFrom(input)), Outcome(() => ModelReader.Read(input, alias: true, large: sizeof(float))));
        if (!Equals(expected, read))
            throw new InvalidOperationException("The model is not the one that Protocol Buffers reads.");
    }

    private static ModelProto? Outcome(Func<ModelProto> read)
    {
        try
        {
            var model = read();
            foreach (var tensor in model.Graph?.Initializer.Where(tensor => tensor is { DataType: (int)TensorProto.Types.DataType.Float, RawData.IsEmpty: true }) ?? [])
            {
                tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(tensor.FloatData.ToArray()));
                tensor.FloatData.Clear();
            }

            return model;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static OnnxModel Copy(OnnxModel model) => new(model.Proto.Clone(), model.Name);
}
