using System.Globalization;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>A temporary folder with a table of small images and texts, backbones for both, and a model for ApplyOnnxModel.</summary>
internal sealed class ImageOptionFolder : IDisposable
{
    public const int Rows = 24;
    private readonly StripedImages _images = new(Rows);
    private readonly SmallTexts _texts = new();

    public ImageOptionFolder()
    {
        File.WriteAllLines(
            _images.PathOf("rows.csv"),
            _images.Rows.Select((row, i) => string.Create(CultureInfo.InvariantCulture, $"{i}.png,{row.Class},kind {i / 2},{Words(i)},{Words(i + 5)},{row.Style}")).Prepend("path,label,kind,words,other,style"));
        Shift().Save(_images.PathOf("shift.onnx"));
    }

    public string Path => _images.Folder;

    /// <summary>The card of the backbone for texts.</summary>
    public string TextCard => _texts.CardPath;

    public void Dispose()
    {
        _images.Dispose();
        _texts.Dispose();
    }

    private static string Words(int row) => string.Join(' ', SmallTexts.Words[row % 8], SmallTexts.Words[row / 8 % 8], SmallTexts.Words[row * 3 % 8]);

    /// <summary>x (1, 192) -> y = x + 1.</summary>
    private static OnnxModel Shift()
    {
        var builder = new GraphBuilder("shift");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 192));
        builder.Node("Add", "y", ["x", builder.Constant("one", [1f])]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", 1, 192));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "shift");
    }
}
