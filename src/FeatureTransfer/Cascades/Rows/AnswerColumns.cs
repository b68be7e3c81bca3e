using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Cascades;

/// <summary>Makes probabilities that a custom mapping found into the columns of a trainer, by transformers that model files hold.</summary>
internal static class AnswerColumns
{
    /// <summary>
    /// Adds a custom mapping with its settings, and what follows it. The mapping puts the probabilities into <see cref="RowGraph.Input"/> and the
    /// best class into <see cref="HelperColumns.Best"/>.
    /// </summary>
    /// <param name="parts">What stands before it, see <see cref="SideBySide.Join"/>.</param>
    /// <param name="schema">The columns before those.</param>
    /// <param name="settings">What the mapping finds in <see cref="HelperColumns.Preparation"/>.</param>
    /// <param name="labels">The names of the classes.</param>
    /// <param name="mapping">The mapping, and before it what makes the columns that it reads.</param>
    /// <param name="helpers">Columns that are not needed behind it.</param>
    public static void Append(List<ITransformer> parts, DataViewSchema schema, string settings, IReadOnlyList<string> labels, IReadOnlyList<IEstimator<ITransformer>> mapping, string[] helpers)
    {
        var transforms = new MLContext().Transforms;
        using var graph = new MemoryStream(Identity(labels.Count, labels).ToBytes());
        SideBySide.Append(parts, schema, [
            transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract),
            transforms.Expression(HelperColumns.Preparation, $"zero : \"{settings}\"", HelperColumns.Zero),
            .. mapping,
            transforms.ApplyOnnxModel([RowGraph.Output], [RowGraph.Input], graph),
            transforms.CopyColumns(Columns.Score, RowGraph.Output),
            transforms.DropColumns([HelperColumns.Zero, HelperColumns.Preparation, RowGraph.Input, RowGraph.Output, .. helpers]),
            ClassColumns.BestToKey(transforms, labels),
        ]);
    }

    // Gives the vector of a custom mapping, whose length is open, the length and the names of its values.
    internal static OnnxModel Identity(int length, IReadOnlyList<string> names)
    {
        var builder = new GraphBuilder("values");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, length));
        builder.Node("Identity", "y", ["x"]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", 1, length));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return RowGraph.Wrap(new OnnxModel(proto, builder.Graph.Name), [1, length], [length], names, decisions: false);
    }
}
