using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>Tells of a flow: how far it has come, and which rows were left out and why.</summary>
internal sealed class FlowReport(ExtractFeaturesTransformer transformer, long? total)
{
    private const int RowsBetween = 8;
    private long _done;

    /// <summary>Counts a row that came out.</summary>
    /// <returns>Whether it has features.</returns>
    public bool Accepts(BadInputException? error)
    {
        if (++_done % RowsBetween == 0)
            Tell();
        if (error is not null)
            Reject(error);
        return error is null;
    }

    /// <summary>Tells of the last rows.</summary>
    public void End()
    {
        if (_done % RowsBetween != 0)
            Tell();
    }

    private void Tell() => transformer.Services.Progress?.Report(new WorkProgress($"Extracting features with {transformer.BackboneId}", _done, total));

    private void Reject(BadInputException error)
    {
        var services = transformer.Services;
        if (services.Rejected is { } sink)
            sink.Reject(new RejectedRow(error.Input, error.Reason, "ExtractFeatures"));
        else
            services.Logger.LogWarning("Row left out: {Message}", error.Message);
    }
}
