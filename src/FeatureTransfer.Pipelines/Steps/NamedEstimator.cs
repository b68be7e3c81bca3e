namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step's estimator. What ML.NET refuses, a column that is missing or rows that it cannot learn from, is told of with the step's name.</summary>
internal sealed class NamedEstimator(string step, IEstimator<ITransformer> estimator) : IEstimator<ITransformer>
{
    /// <summary>Makes the estimator of a step.</summary>
    /// <exception cref="FeatureTransferException">An option of the step is wrong.</exception>
    public static NamedEstimator Of(PipelineStep step, StepBuild build)
    {
        var name = StepTable.NameOf(step);
        return new NamedEstimator(name, Named(name, "", () => StepTable.Create(step, build)));
    }

    public ITransformer Fit(IDataView input) => Named(step, "", () => estimator.Fit(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        Named(step, $" The columns before it are {string.Join(", ", inputSchema.Select(column => column.Name))}.", () => estimator.GetOutputSchema(inputSchema));

    private static T Named<T>(string step, string hint, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not FeatureTransferException && IsRefusal(exception))
        {
            throw new FeatureTransferException($"{step}: {exception.Message.Replace(" (Parameter 'inputSchema')", "", StringComparison.Ordinal)}{hint}", exception);
        }
    }

    // ML.NET says by these that options, columns or rows do not suit it; an argument that is wrong was an option.
    private static bool IsRefusal(Exception exception) =>
        exception is ArgumentException || (exception is InvalidOperationException or FormatException or NotSupportedException && exception.Source?.StartsWith("Microsoft.ML", StringComparison.Ordinal) == true);
}
