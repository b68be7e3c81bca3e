using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary>A model file as the reference of <c>ft drift</c>: new data go through its chain, and are compared with what it keeps of its training rows.</summary>
internal static class ModelDrift
{
    private const int BatchSize = 256;

    /// <summary>Whether a reference is a model file, and no data.</summary>
    public static bool IsModel(string reference) => reference.EndsWith(".ftm", StringComparison.OrdinalIgnoreCase);

    /// <summary>The features that the model keeps, and those that its trainer would read of new data.</summary>
    /// <exception cref="FeatureTransferException">The model keeps none, or the data are not what it reads.</exception>
    public static IReadOnlyList<IEnumerable<float[]>> Features(Shell shell, string model, string data, TableChoice table, DriftPlan plan, RejectedRowCollector rejected, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.LoadForDrift(model, CommandServices.Default with { Logger = shell.Log, Cancellation = cancellationToken, Progress = shell.Progress });
        var fresh = new List<float[]>();
        foreach (var prediction in Predict(shell, bundle, data, table, plan, rejected, cancellationToken))
        {
            if (prediction.Features is { } features)
                fresh.Add([.. features]);
            else
                rejected.Reject(new RejectedRow(prediction.Input, prediction.Error!, "drift"));
        }

        return [plan.Draw(bundle.Sample!.Rows), plan.Draw(fresh)];
    }

    private static IEnumerable<Prediction> Predict(Shell shell, Bundle bundle, string data, TableChoice table, DriftPlan plan, RejectedRowCollector rejected, CancellationToken cancellationToken)
    {
        if (bundle.ReadsTexts && Directory.Exists(data))
            return bundle.PredictTexts([.. plan.Draw(TextInputs.Open([data], table, shell)).SelectMany(text => Text(text, rejected))]);
        if (bundle.ReadsColumns)
            return RowInputs.Predict(bundle, [data], table, rejected, shell.Note, cancellationToken);
        var kind = bundle.Modality == Modality.Audio ? FileKind.Recordings : FileKind.Images;
        return plan.Draw(ImageInputs.Open([data], table, CommandServices.Default.Sql!, Console.OpenStandardInput, shell.Note, kind)).Chunk(BatchSize).SelectMany(batch => Predict(bundle, batch, cancellationToken));
    }

    private static IReadOnlyList<Prediction> Predict(Bundle bundle, IReadOnlyList<InputValue> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return bundle.Predict(batch);
    }

    private static IEnumerable<string> Text(InputValue text, RejectedRowCollector rejected)
    {
        try
        {
            return [TextContent.Read(text.Read().Span).First];
        }
        catch (BadInputException exception)
        {
            rejected.Reject(new RejectedRow(exception.Input, exception.Reason, "drift"));
            return [];
        }
    }
}
