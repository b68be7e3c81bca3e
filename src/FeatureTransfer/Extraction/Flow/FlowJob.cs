namespace FeatureTransfer.Extraction.Flow;

/// <summary>What a worker does next: where a slot is named, it reads the next input and decodes it into the slot; else it runs the batch.</summary>
internal readonly record struct FlowJob<T>(FlowBatch<T> Batch, int? Slot);
