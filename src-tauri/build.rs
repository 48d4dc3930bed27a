//! Tells Tauri where the permissions and capabilities lie, since its
//! configuration stands at the top level of the repository.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=src-tauri/permissions");
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    let application = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(application);
    tauri_build::try_build(attributes)?;
    Ok(())
}
