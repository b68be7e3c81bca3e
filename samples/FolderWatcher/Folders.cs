namespace FolderWatcher;

/// <summary>Where files come in, and where they go.</summary>
internal sealed record Folders(string Inbox, string Sorted)
{
    /// <summary>Moves a file into a folder under <see cref="Sorted"/>; one of the same name that lies there keeps it.</summary>
    /// <returns>Where the file lies now.</returns>
    public string Move(string file, string name)
    {
        // A label is any text, and a folder's name is not.
        var folder = Directory.CreateDirectory(Path.Combine(Sorted, string.Join('_', name.Split(Path.GetInvalidFileNameChars())))).FullName;
        var place = Path.Combine(folder, Path.GetFileName(file));
        for (var copy = 2; File.Exists(place); copy++)
            place = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)} ({copy}){Path.GetExtension(file)}");
        File.Move(file, place);
        return place;
    }
}
