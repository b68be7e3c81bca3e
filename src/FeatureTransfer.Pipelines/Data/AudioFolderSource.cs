using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A folder of class folders: each folder in it is a label, and the recordings below it are its rows, sorted by path.</summary>
public sealed record AudioFolderSource : FolderSource
{
    private protected override FileKind Kind => FileKind.Recordings;
}
