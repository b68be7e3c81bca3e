using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>The columns that fine-tuning adds: those of ML.NET's own trainers, which are asked for them.</summary>
internal static class ScoreSchema
{
    private const string Features = "FineTune.Features";

    /// <summary>The schema with the columns that a trainer of this kind adds.</summary>
    public static SchemaShape Add(SchemaShape input, FineTuneOptions options, FineTuneTask kind)
    {
        Check(input, options.InputColumnName, "the image");
        var label = Check(input, options.LabelColumnName, "the label");
        if (kind == FineTuneTask.Binary && label.Kind == SchemaShape.Column.VectorKind.Vector)
            return With(input, ScoreMapping.SeveralShape());
        var features = SchemaColumns.FloatVector(Features, new VectorDataViewType(NumberDataViewType.Single, 1));
        var known = input.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var added = Trainer(kind, options.LabelColumnName).GetOutputSchema(new SchemaShape(input.Append(features)));
        return With(input, added.Where(column => column.Name is "Score" or "Probability" or "PredictedLabel"));
    }

    private static IEstimator<ITransformer> Trainer(FineTuneTask kind, string label)
    {
        var ml = new MLContext();
        return kind switch
        {
            FineTuneTask.Multiclass => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, Features),
            FineTuneTask.Binary => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(label, Features),
            _ => ml.Regression.Trainers.Sdca(label, Features),
        };
    }

    private static SchemaShape With(SchemaShape input, IEnumerable<SchemaShape.Column> added)
    {
        var columns = added.ToList();
        return new SchemaShape(input.Where(column => columns.All(other => other.Name != column.Name)).Concat(columns));
    }

    private static SchemaShape.Column Check(SchemaShape schema, string name, string what)
    {
        var names = schema.Select(column => column.Name).ToList();
        return names.Contains(name)
            ? schema.First(column => column.Name == name)
            : throw new ArgumentOutOfRangeException(nameof(schema), $"FineTune: there is no column '{name}' for {what}.{NearestName.Hint(name, names)} The columns are {string.Join(", ", names)}.");
    }
}
