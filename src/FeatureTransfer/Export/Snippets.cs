using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Export;

/// <summary>Programs that ask an exported file about one input, in C# and in Python.</summary>
internal static class Snippets
{
    /// <summary>The programs, to be written beside the file.</summary>
    /// <param name="model">The exported model.</param>
    /// <param name="path">Its file.</param>
    public static IReadOnlyList<(string Path, string Text)> Of(OnnxModel model, string path)
    {
        var (described, file) = (OnnxExport.Describe(model)!, Path.GetFileName(path));
        return [(Path.ChangeExtension(path, ".cs"), CSharpSnippet.Of(described, model, file)), (Path.ChangeExtension(path, ".py"), PythonSnippet.Of(described, model, file))];
    }

    /// <summary>The inputs in the order of the graph, each with the text that it is made of.</summary>
    public static IEnumerable<(ExportedInput Input, ExportedText? Text)> Inputs(ExportedModel model)
    {
        ExportedText? text = null;
        foreach (var input in model.Inputs)
        {
            text = input.Text ?? text;
            yield return (input, input.Kind is "pixels" or "column" ? null : text);
        }
    }

    /// <summary>Whether a program can make the tokens by a tokenizer that everybody has.</summary>
    public static bool IsKnown(ExportedText text) => text.Tokenizer == TokenizerKind.WordPiece && text.Pair is null;

    /// <summary>Whether a column holds text.</summary>
    public static bool IsText(OnnxModel model, string input) => model.Proto.Graph.Input.Single(value => value.Name == input).Type.TensorType.ElemType == (int)Onnx.Proto.TensorProto.Types.DataType.String;

    /// <summary>A text within quotes, as both languages read it.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A number as both languages read it.</summary>
    public static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
