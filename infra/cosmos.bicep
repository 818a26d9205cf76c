// The Cosmos DB database that Watchdesk keeps its data in (STORE=cosmos), and the right of its identity to use it.
//
//   az deployment group create --resource-group <group> --template-file infra/cosmos.bicep \
//     --parameters accountName=<account> principalId=<object id of the bot's identity>
//
// Then run `npm run cosmos:init`, which checks it and writes the schema version. Deploying it again changes nothing that is
// right already. Partition key, time to live and indexing policy are those of services/store/cosmos/container-definition.ts.

@description('The Cosmos DB account, in this resource group.')
@minLength(3)
@maxLength(44)
param accountName string

@description('Whether the account is made here; false: it is there already, and is left as it is.')
param createAccount bool = true

@description('Where the account is made.')
param location string = resourceGroup().location

@description('A serverless account is paid by request, and takes no throughput. Say it of an account that is there already, too.')
param serverless bool = false

@description('Whether the account that is made here takes keys (COSMOS_KEY) beside identities.')
param allowKeys bool = false

@description('COSMOS_DATABASE.')
param databaseName string = 'watchdesk'

@description('The most that autoscale goes up to, in RU/s; a tenth of it is what is paid at least.')
@minValue(1000)
param maxThroughput int = 1000

@description('The object id of the identity that Watchdesk runs as; empty: nobody is given the right.')
param principalId string = ''

resource newAccount 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = if (createAccount) {
  name: accountName
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
    capabilities: serverless
      ? [
          {
            name: 'EnableServerless'
          }
        ]
      : []
    disableLocalAuth: !allowKeys
    minimalTlsVersion: 'Tls12'
  }
}

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' existing = {
  name: accountName
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-05-15' = {
  parent: account
  name: databaseName
  dependsOn: [
    newAccount
  ]
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-05-15' = {
  parent: database
  name: 'items'
  properties: {
    resource: {
      id: 'items'
      partitionKey: {
        kind: 'Hash'
        version: 2
        paths: [
          '/pk'
        ]
      }
      defaultTtl: -1
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [
          {
            path: '/kind/?'
          }
          {
            path: '/keys/*'
          }
        ]
        excludedPaths: [
          {
            path: '/*'
          }
        ]
      }
    }
    options: serverless
      ? {}
      : {
          autoscaleSettings: {
            maxThroughput: maxThroughput
          }
        }
  }
}

// Cosmos DB Built-in Data Contributor: reads and writes items, creates neither databases nor containers.
resource dataContributor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = if (!empty(principalId)) {
  parent: account
  name: guid(account.id, principalId, '00000000-0000-0000-0000-000000000002')
  dependsOn: [
    newAccount
  ]
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
    principalId: principalId
    scope: account.id
  }
}

output endpoint string = 'https://${accountName}.documents.azure.com'
