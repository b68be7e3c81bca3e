using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer asks for; label and weight may be absent.</summary>
internal readonly record struct TrainerColumns(SchemaShape.Column Feature, SchemaShape.Column Label, SchemaShape.Column Weight)
{
    public static SchemaShape.Column Features(string name) =>
        new(Named(name, "featureColumnName"), VectorKind.Vector, NumberDataViewType.Single, false);

    public static SchemaShape.Column KeyLabel(string name) =>
        new(Named(name, "labelColumnName"), VectorKind.Scalar, NumberDataViewType.UInt32, true);

    public static SchemaShape.Column BooleanLabel(string name) =>
        new(Named(name, "labelColumnName"), VectorKind.Scalar, BooleanDataViewType.Instance, false);

    public static SchemaShape.Column NumberLabel(string name) =>
        new(Named(name, "labelColumnName"), VectorKind.Scalar, NumberDataViewType.Single, false);

    public static SchemaShape.Column Weights(string? name) =>
        string.IsNullOrEmpty(name) ? default : new(name, VectorKind.Scalar, NumberDataViewType.Single, false);

    public static TrainerColumns Multiclass(TrainerInputBaseWithWeight options) =>
        new(Features(options.FeatureColumnName), KeyLabel(options.LabelColumnName), Weights(options.ExampleWeightColumnName));

    public static TrainerColumns Binary(TrainerInputBaseWithWeight options) =>
        new(Features(options.FeatureColumnName), BooleanLabel(options.LabelColumnName), Weights(options.ExampleWeightColumnName));

    public static TrainerColumns Regression(TrainerInputBaseWithWeight options) =>
        new(Features(options.FeatureColumnName), NumberLabel(options.LabelColumnName), Weights(options.ExampleWeightColumnName));

    /// <summary>Throws where a column is missing or of the wrong type.</summary>
    public void Verify(SchemaShape input)
    {
        if (Feature.IsValid)
            Verify(input, Feature, "feature", "inputSchema");
        if (Label.IsValid)
            Verify(input, Label, "label", "labelCol");
        if (Weight.IsValid)
            Verify(input, Weight, "weight", "inputSchema");
    }

    private static void Verify(SchemaShape input, SchemaShape.Column expected, string role, string parameter)
    {
        var actual = input.Find(expected.Name, role);
        if (expected.Kind != actual.Kind || expected.IsKey != actual.IsKey || !expected.ItemType.Equals(actual.ItemType))
            throw Check.Mismatch(role, expected.Name, expected.TypeText(), actual.TypeText(), parameter);
    }

    private static string Named(string name, string parameter)
    {
        Check.Name(name, parameter);
        return name;
    }
}
